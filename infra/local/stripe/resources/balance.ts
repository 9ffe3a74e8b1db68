import { parameters } from "../parameters.ts";
import { route } from "../routes.ts";
import type { Call } from "../call.ts";
import { availableMinor, balanceTransactions } from "./balance-transactions.ts";

// An account holds its home currency even while it is empty.
const homeCurrency = "usd";

function balanceOf(call: Call): object {
  const movements = balanceTransactions(call.account).newestFirst();
  const codes = [...new Set([homeCurrency, ...movements.map((movement) => movement.currency)])].sort();
  const entry = (amount: number, currency: string) => ({ amount, currency, source_types: { card: amount } });
  const available = codes.map((code) => entry(availableMinor(call.account, code, call.nowSeconds), code));
  const pending = codes.map((code) => {
    const later = movements.filter((movement) => movement.currency === code && movement.available_on > call.nowSeconds);
    return entry(
      later.reduce((sum, movement) => sum + movement.net, 0),
      code,
    );
  });
  const connect_reserved = codes.map((currency) => ({ amount: 0, currency }));
  return { object: "balance", available, connect_reserved, livemode: false, pending };
}

export const balance = [route("GET /v1/balance", parameters({}), (_input, call) => balanceOf(call))];
