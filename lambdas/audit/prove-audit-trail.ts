import { dynamodb } from "#shared/adapters/dynamodb/index";
import { proveAuditTrail } from "#shared/contracts/audit";
import { keepProof } from "#shared/domain/audit/keep-proof";
import {
  countedAs,
  findingsOf,
  MOST_AT_ONCE,
  NOTHING_PROVEN,
  type Proven,
  provenBefore,
  provenOn,
} from "#shared/domain/audit/proof";
import { implementJob } from "#shared/runtime/implement-job";

/** Parts that are proven again in one run: half a million entries. */
const PARTS_AGAIN = 50;

export const handler = implementJob(proveAuditTrail, dynamodb, async ({ now }, { auditTrail, commit }, each) => {
  const read = (proven: Proven) => auditTrail.after(proven, now, MOST_AT_ONCE);

  const stored = await auditTrail.proof();
  const added = await provenOn(read, provenBefore(stored), now, Infinity);
  const again = await provenOn(read, stored?.again ?? NOTHING_PROVEN, now, PARTS_AGAIN);

  const { change, proof } = keepProof(stored, added, again, now);

  // Told before it is known: a run that dies in between rings again, and never keeps silent about it.
  const findings = findingsOf(proof.proven, stored);
  await each(
    findings,
    ({ name }) => name,
    (finding) => Promise.resolve(finding).then(countedAs),
  );
  await commit(change);
});
