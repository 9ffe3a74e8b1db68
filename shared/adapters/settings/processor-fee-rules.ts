import { ProcessorFeeBounds } from "#shared/domain/ledger/processor-fees";
import type { ProcessorFeeRules } from "#shared/ports/processor-fee-rules";

/** What the stage was deployed with. @throws when it is none: a deploy's defect, at cold start. */
export const configuredFeeRules = ({
  PROCESSOR_FEE_BOUNDS,
}: {
  readonly PROCESSOR_FEE_BOUNDS: string;
}): ProcessorFeeRules => ({
  bounds: ProcessorFeeBounds.parse(JSON.parse(PROCESSOR_FEE_BOUNDS)),
});
