import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Stage } from "./stages.ts";

/**
 * What becomes of a thing when it or its stack goes. Where data is kept it stays, unless its own creation is rolled back: an
 * empty stream or key costs money. Once its creation has succeeded it stays for good, so nothing under this policy has a name
 * of ours: deployed once more it would find its own remains ("already exists"). Source: CloudFormation template reference,
 * DeletionPolicy attribute, RetainExceptOnCreate: only the operation that made the resource takes it back.
 */
export const removalPolicyOf = ({ keepsData }: Stage): RemovalPolicy =>
  keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;

/**
 * The same for what may refuse to be deleted: a table and a pool under deletion protection, a bucket with an object in it.
 * It stays also after a creation that failed: a rollback that meets a refusal ends in ROLLBACK_FAILED, and the next deploy,
 * which deletes the stack first, meets the same one. Its name is made by CloudFormation, so the next try collides with nothing.
 */
export const removalPolicyOfGuarded = ({ keepsData }: Stage): RemovalPolicy =>
  keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** How long the stream of clicks keeps a hit that nobody could count yet. */
export const clickRetentionOf = ({ keepsData }: Stage): Duration => Duration.hours(keepsData ? 168 : 24);

/** CloudWatch keeps logs for certain numbers of days only. @throws Error for any other. */
export function retentionOf({ logRetentionDays }: Stage): RetentionDays {
  const allowed = Object.values(RetentionDays).filter((days) => typeof days === "number");
  const days = allowed.find((one) => Number(one) === logRetentionDays);
  if (days === undefined) throw new Error(`CloudWatch cannot keep logs for ${logRetentionDays} days`);
  return days;
}
