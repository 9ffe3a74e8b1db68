import type { ProcessorFeeBounds } from "#shared/domain/ledger/processor-fees";

export interface ProcessorFeeRules {
  /** What the stage is configured with. */
  readonly bounds: ProcessorFeeBounds;
}
