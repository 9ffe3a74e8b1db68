import type { handler as nameRoles } from "#lambdas/users/name-roles";
import type { handler as openAccount } from "#lambdas/users/open-account";
import type { handler as checkSignInCode } from "#lambdas/users/check-sign-in-code";
import type { handler as validateSignUp } from "#lambdas/users/validate-sign-up";
import type { PoolCall } from "#shared/runtime/middleware/pool-event";
import { untilDecided } from "#shared/runtime/until-decided";
import { BRAND_ID } from "../../support/builders.ts";
import type { TestStage } from "../../support/stage.ts";

/** What the user pool knows of a person. */
export const person = (role?: string) => ({
  sub: BRAND_ID,
  email: "jo@example.com",
  name: "Jo",
  ...(role && { "custom:role": role }),
});

type Trigger = typeof openAccount | typeof validateSignUp | typeof nameRoles | typeof checkSignInCode;

/** Runs triggers of the user pool on a stage, as the runtime does. */
export const poolTriggersOf =
  (stage: () => TestStage) =>
  (
    handler: Trigger,
    parts: Partial<PoolCall>,
    instead: Partial<TestStage["ports"]> = {},
  ): Promise<Readonly<Record<string, unknown>>> => {
    const call: PoolCall = {
      actor: { userId: "system:pool", roles: [] },
      now: stage().clock.now,
      requestId: "r",
      receivedAt: stage().clock.now,
      newId: stage().newId,
      triggerSource: "PreSignUp_SignUp",
      userName: BRAND_ID,
      attributes: person("brand"),
      groups: [],
      rounds: [],
      challengeAnswer: "",
      marks: { code: "{####}", userName: "{username}" },
      ...parts,
    };
    return untilDecided(() => handler.run(call, { ...stage().granted(handler.contract.uses, call), ...instead }));
  };
