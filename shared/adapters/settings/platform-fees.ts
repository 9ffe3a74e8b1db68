import { PlatformFeeSchedule } from "#shared/domain/settlements/platform-fee";
import type { PlatformFees } from "#shared/ports/platform-fees";

/** The schedule that the stage was deployed with. @throws when it is none: a deploy's defect, at cold start. */
export const configuredFees = ({
  PLATFORM_FEE_SCHEDULE,
}: {
  readonly PLATFORM_FEE_SCHEDULE: string;
}): PlatformFees => ({
  schedule: PlatformFeeSchedule.parse(JSON.parse(PLATFORM_FEE_SCHEDULE)),
});
