import type { Account, Stored } from "./account.ts";
import type { Stage } from "./pipeline.ts";
import { availableMinor, balanceTransactions } from "./resources/balance-transactions.ts";

const shownPerKind = 50;

const style = `
  body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1a1f36; }
  h2 { border-bottom: 2px solid #6366f1; margin-top: 2.5rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid #e3e8ee; padding: 0.2rem 0.75rem 0.2rem 0; text-align: left; vertical-align: top; }
  summary { cursor: pointer; font-family: ui-monospace, monospace; }
  pre { margin: 0; overflow-x: auto; max-width: 40rem; }
  .amount { text-align: right; font-variant-numeric: tabular-nums; }
`;

/** The other side, for a person to see: what every account holds, newest first. */
export function page(stage: Stage): string {
  const nowSeconds = Math.floor(stage.settings.now() / 1000);
  const accounts = stage.state.accounts().map((account) => section(account, nowSeconds));
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Stripe, as the local stage plays it</title><style>${style}</style></head>
<body>
<h1>Stripe, as the local stage plays it</h1>
<p>Webhook: <code>${escaped(stage.deliveries.url ?? "none")}</code></p>
${accounts.join("\n")}
</body>
</html>
`;
}

function section(account: Account, nowSeconds: number): string {
  const codes = [
    ...new Set(
      balanceTransactions(account)
        .newestFirst()
        .map(({ currency }) => currency),
    ),
  ].sort();
  const balance = codes.map((code) => `${availableMinor(account, code, nowSeconds)} ${code}`).join(", ");
  const title = account.isPlatform ? `Platform ${account.id}` : `Connected account ${account.id}`;
  const tables = account.objects().filter(([, items]) => items.length > 0);
  return `<section>
<h2 id="${escaped(account.id)}">${escaped(title)}</h2>
<p>Available, in minor units: ${escaped(balance === "" ? "nothing" : balance)}</p>
${tables.map(([object, items]) => table(object, items)).join("\n")}
</section>`;
}

function table(object: string, items: readonly Stored[]): string {
  const more = items.length > shownPerKind ? `, of which the newest ${shownPerKind}` : "";
  return `<h3>${escaped(object)} (${items.length}${more})</h3>
<table>
<tr><th>Object</th><th>State</th><th class="amount">Amount</th><th>Currency</th><th>Made</th></tr>
${items.slice(0, shownPerKind).map(row).join("\n")}
</table>`;
}

function row(item: Stored): string {
  const field = (...names: string[]) => {
    const values = names.map((name): unknown => Reflect.get(item, name));
    return escaped(String(values.find((value) => typeof value === "string" || typeof value === "number") ?? ""));
  };
  const json = escaped(JSON.stringify(item, null, 2));
  const made = new Date(item.created * 1000).toISOString();
  return `<tr>
<td><details><summary>${escaped(item.id)}</summary><pre>${json}</pre></details></td>
<td>${field("status", "type", "email")}</td><td class="amount">${field("amount")}</td>
<td>${field("currency")}</td><td>${made}</td>
</tr>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
