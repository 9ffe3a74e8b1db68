import { PayoutMinimums } from "#shared/domain/payouts/minimum";
import type { PayoutRules } from "#shared/ports/payouts";

/** What the stage was deployed with. @throws when it is none: a deploy's defect, at cold start. */
export const configuredPayoutRules = ({ PAYOUT_MINIMUMS }: { readonly PAYOUT_MINIMUMS: string }): PayoutRules => ({
  minimums: PayoutMinimums.parse(JSON.parse(PAYOUT_MINIMUMS)),
});
