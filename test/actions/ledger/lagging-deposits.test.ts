/** The index of deposits by their payments lags: a charge that names its deposit is that one's all the same, and not the house's. */
import { expect, test } from "@jest/globals";
import { confirmed } from "../../support/house-movements.ts";
import { depositing, refused, usd } from "../deposits/depositing.ts";

test("what a deposit can be credited for is refused, and credited", async () => {
  const { stage, begin, confirm } = await depositing();
  const { id, paymentIntentId } = await begin(usd(5_000));
  stage.payments.pay(paymentIntentId);
  const { query } = stage.table;
  stage.table.query = async (asked) => (asked.index === undefined ? query(asked) : { items: [] });
  const chargeTxn = stage.payments.movements().at(-1)?.id ?? "";
  await expect(confirmed(stage, chargeTxn)).rejects.toEqual(refused("house_movement.not_the_houses"));
  expect(await confirm(id)).toMatchObject({ status: "completed" });
});
