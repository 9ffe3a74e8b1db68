import { RemovalPolicy } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Stage } from "./stages.ts";

export const removalPolicyOf = ({ keepsData }: Stage): RemovalPolicy =>
  keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** CloudWatch keeps logs for certain numbers of days only. @throws Error for any other. */
export function retentionOf({ logRetentionDays }: Stage): RetentionDays {
  const allowed = Object.values(RetentionDays).filter((days) => typeof days === "number");
  const days = allowed.find((one) => Number(one) === logRetentionDays);
  if (days === undefined) throw new Error(`CloudWatch cannot keep logs for ${logRetentionDays} days`);
  return days;
}
