import { memoryPayouts } from "../../support/memory-payouts.ts";
import { payoutProcessorSuite } from "../suites/payout-processor.ts";

payoutProcessorSuite("memory", () => Promise.resolve(memoryPayouts()));
