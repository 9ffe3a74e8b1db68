/** `If-Match`: a change is only made to the version that its client has read. The same for every PATCH and DELETE. */
import type { HttpContract } from "#shared/contracts/contract";
import type { Change } from "#shared/domain/change";
import type { EntityName } from "#shared/domain/entities";
import { refuse } from "#shared/domain/kernel/refusal";
import { requestRefusals } from "#shared/domain/kernel/refusals";

/** What must be true of a change's thing before it is written. */
export interface Precondition {
  readonly entity: EntityName;
  readonly version: number;
}

/** What a call demands; nothing where none was sent, or where the contract has no thing that it could be about. */
export function preconditionOf(
  { ifMatch: entity }: Pick<HttpContract, "ifMatch">,
  header: string | undefined,
): Precondition | undefined {
  const version = versionOf(header);
  return entity === undefined || version === undefined ? undefined : { entity, version };
}

/** Version an `If-Match` names; a tag that is not ours names one that no resource has. */
function versionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === "*") return undefined;
  return Number(/^"v(\d+)"$/.exec(ifMatch.trim())?.[1] ?? -1);
}

/**
 * Refuses a change of another version. Asked at the commit, which is itself conditional on the version that the change was
 * decided on: nobody can come in between. Of several things of one kind the first is meant.
 */
export function requirePrecondition(change: Change, precondition: Precondition | undefined): void {
  if (precondition === undefined) return;
  const was = change.entities.find(({ entity }) => entity === precondition.entity)?.was;
  if (was === undefined || was.version === precondition.version) return;
  throw refuse(requestRefusals.versionChanged, undefined, { currentState: `v${was.version}` });
}
