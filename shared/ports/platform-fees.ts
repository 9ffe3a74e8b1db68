import type { PlatformFeeSchedule } from "#shared/domain/settlements/platform-fee";

export interface PlatformFees {
  /** What the stage is configured with. */
  readonly schedule: PlatformFeeSchedule;
}
