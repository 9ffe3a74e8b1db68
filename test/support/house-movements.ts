/** Movements of the house's own money at the processor, and a command about one. */
import { handler as bookHouseMovement } from "#lambdas/ledger/book-house-movement";
import type { HouseMove } from "#shared/adapters/memory/processor";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import { admin, type TestStage } from "./stage.ts";

/** A top-up of 200.00, unless something else is said. */
export const aHouseMovement = (parts: Partial<ProcessorMovement> = {}): ProcessorMovement => ({
  id: "txn_1",
  type: "topup",
  category: "topup",
  currency: "USD",
  amountMinor: 20_000,
  feeMinor: 0,
  createdAt: "2026-11-25T11:00:00.000Z",
  objectIds: ["tu_1"],
  ...parts,
});

/** An admin books a movement that happened at the processor. */
export const confirmed = (stage: TestStage, balanceTransactionId: string, reason = "Fees of November") =>
  stage.run(bookHouseMovement, { actor: admin(), body: { balanceTransactionId, reason } });

/** It happens at the processor, and is booked. */
export const movedAndConfirmed = (stage: TestStage, moved: HouseMove) =>
  confirmed(stage, stage.payments.moveHouse(moved));
