/** What contracts say that they refuse, and no test of a run brought about: nothing is promised to clients that nobody has seen. */
import type { HttpContract } from "#shared/contracts/contract";
import { actions } from "#shared/contracts/index";
import { impliedRefusalsOf, refusalsOf } from "#shared/contracts/implied";
import type { StepResult } from "./support/steps.ts";
import { refusedIn } from "./support/refused.ts";

/** Not brought about by their action, each with its reason. */
const apart: Readonly<Record<string, string>> = {
  "removeParticipant invitation.not_pending": "only an accepted invitation is revoked with its participation",
  ...because("it is asked under other routes than its own: test/properties/rare-refusals.test.ts", {
    answerUnknownRoute: ["route.not_found", "route.method_not_allowed"],
  }),
  ...because("its rule's own tests alone bring it about: test/domain", {
    explainOwnMatch: ["creator.not_found"],
    requestPayout: [
      "wallet.not_found", "wallet.amount_not_payable", "payout.below_minimum", "payout.too_many_earnings",
    ],
    confirmDeposit: ["deposit.not_the_same_payment"],
    depositFunds: ["deposit.above_maximum", "deposit.not_chargeable"],
    requestRefund: ["wallet.not_found", "wallet.currency_mismatch", "wallet.amount_not_payable"],
    openInquiry: ["inquiry.not_taking_part"],
  }),
}; // prettier-ignore

function because(reason: string, codes: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(codes).flatMap(([name, those]) => those.map((code) => [`${name} ${code}`, reason])),
  );
}

const httpActions = actions.flatMap(({ name, contract }) => (contract.trigger === "http" ? [{ name, contract }] : []));
/** What follows from what an action takes and who may call it, and not from what it is about. */
const alikeOf = (contract: HttpContract) => impliedRefusalsOf({ ...contract, causes: [] });

/** Of what the runtime refuses alike, as the code alone: it is enough that one action did. Of the others as `action code`. */
export function unproduced(produced: ReadonlySet<string>): readonly string[] {
  const codes = new Set([...produced].map((line) => line.split(" ")[1]));
  const own = httpActions.flatMap(({ name, contract }) => {
    const alike = new Set(alikeOf(contract));
    return refusalsOf(contract).flatMap((refusal) => (alike.has(refusal) ? [] : [`${name} ${refusal.code}`]));
  });
  const alike = httpActions.flatMap(({ contract }) => alikeOf(contract)).map(({ code }) => code);
  return [
    ...[...new Set(alike)].filter((code) => !codes.has(code)),
    ...own.filter((one) => !produced.has(one) && !(one in apart)),
  ];
}

/** The last step of a run that had every test of actions and properties in it. */
export function everyRefusalProduced(folder: string): StepResult {
  const missing = unproduced(refusedIn(folder));
  for (const one of missing) console.log(`no test brings about: ${one}`);
  return {
    name: "every refusal is brought about",
    passed: missing.length === 0 ? 1 : 0,
    failed: missing.length,
    seconds: 0,
  };
}
