import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { openToken, tokenFor, unsubscribeUrl } from "#shared/domain/notifications/mail/unsubscribe-link";
import { askingPage, donePage } from "#shared/domain/notifications/mail/unsubscribe-page";
import { NotificationCategory } from "#shared/domain/notifications/notification";
import { showUnsubscription } from "#shared/contracts/notifications";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { stationery } from "./events.ts";

const { key, links } = stationery;
const subscription = { userId: CREATOR_ID, category: "campaigns" } as const;
const token = tokenFor(key, subscription);
const isRefused = (one: string, under = key): void =>
  expect(() => openToken(under, one)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: "unsubscribe_link.invalid" }) }),
  );

describe("a link to unsubscribe", () => {
  test.each(NotificationCategory.options)("says whose mails about %s, and its path takes it", (category) => {
    const made = tokenFor(key, { userId: BRAND_ID, category });
    expect(openToken(key, made)).toEqual({ userId: BRAND_ID, category });
    expect(showUnsubscription.path?.safeParse({ token: made }).success).toBe(true);
    expect(encodeURIComponent(made)).toBe(made);
  });

  test("leads to the API", () => {
    expect(unsubscribeUrl(key, links, subscription)).toBe(`https://api.example.com/v1/unsubscriptions/${token}`);
  });

  test("of another person, another category, another key or another spelling is none", () => {
    const signature = token.split(".")[2] ?? "";
    for (const forged of [
      `${BRAND_ID}.campaigns.${signature}`,
      `${CREATOR_ID}.payments.${signature}`,
      `${CREATOR_ID}.everything.${signature}`,
      `${CREATOR_ID}.campaigns.`,
      `${CREATOR_ID}.campaigns`,
      `${token}.`,
      `${token}=`,
      token.slice(0, -1),
      signature,
      "",
    ])
      isRefused(forged);
    isRefused(token, Buffer.alloc(32, 8));
  });

  test("with any one character changed is none", () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(..."0aZ-_.="), (at, letter) => {
        const altered = token.slice(0, at) + letter + token.slice(at + 1);
        if (altered !== token) isRefused(altered);
      }),
      { numRuns: 400, seed: 9 },
    );
  });
});

test("the page asks with a form that says what a mail program would, and runs nothing", () => {
  const page = askingPage(subscription);
  expect(page).toContain('<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">');
  for (const one of [page, donePage(subscription)]) expect(one).not.toMatch(/<script|<img|<link|https?:/);
});

test("before there is a key, no link is anybody's", () => {
  const one = tokenFor(key, { userId: BRAND_ID, category: "payments" });
  expect(() => openToken(undefined, one)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: "unsubscribe_link.invalid" }) }),
  );
});
