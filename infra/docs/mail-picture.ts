/** `npm run mail-picture`: renders a mail in Chromium, for people to look at; docs/mail.png. Needs `chromium` on the PATH. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noticesOf } from "#shared/domain/notifications/notice";
import { writeMail } from "#shared/domain/notifications/mail/write-mail";
import { openAccount, personOf } from "#shared/domain/users/sign-up";

const now = "2026-11-27T09:00:00.000Z";
const userId = "00000000-0000-4000-8000-00000000000c";
const person = personOf({ sub: userId, email: "mia@example.com", name: "Mia Wong" }, ["creator"]);
const { account } = openAccount(person, { account: undefined, wallet: undefined, alike: [] }, now);
const stationery = {
  links: { apiOrigin: "https://api.example.com", appUrl: "https://app.example.com" },
  key: new Uint8Array(32),
};
const event = {
  id: "evt_1",
  type: "invitation.sent" as const,
  at: now,
  requestId: "r",
  detail: {
    campaignId: "cmp_1",
    campaignName: "Autumn <Layers> & “Light”",
    brandId: "brand",
    creatorId: userId,
    compensation: { amount: 45_000, currency: "USD" as const },
    expiresAt: "2026-12-11T09:00:00.000Z",
    message: "We love your rain walks.\nWould you show two of our coats in one?",
  },
};

const folder = mkdtempSync(join(tmpdir(), "mail-"));
try {
  const page = join(folder, "mail.html");
  const [notice] = noticesOf(event, "mail");
  if (notice === undefined) throw new Error("nobody is mailed about an invitation");
  writeFileSync(page, writeMail(notice, account, "mail", stationery).html);
  const picture = join(import.meta.dirname, "..", "..", "docs", "mail.png");
  const size = ["--window-size=760,620", "--hide-scrollbars", "--force-device-scale-factor=1"];
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${folder}`, ...size];
  execFileSync("chromium", [...flags, `--screenshot=${picture}`, `file://${page}`], {
    stdio: "inherit",
    timeout: 120_000,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
