import { expect, test } from "@jest/globals";
import { askedOf, readableInquiry } from "#shared/domain/inquiries/access";
import type { Actor } from "#shared/domain/kernel/actor";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { anInquiry } from "../../support/conversion-builders.ts";
import { admin, brand, creator } from "../../support/stage.ts";

const other = "00000000-0000-4000-8000-0000000000ff";
const inquiry = anInquiry();
const missing = expect.objectContaining({ refusal: expect.objectContaining({ code: "inquiry.not_found" }) });

/** Not its sides: others, and those who hold the side's role no more. */
const strangers: readonly Actor[] = [
  brand(other),
  creator(other),
  creator(BRAND_ID),
  brand(CREATOR_ID),
  { userId: BRAND_ID, roles: [] },
  { userId: CREATOR_ID, roles: [] },
];

test("is read by its brand, its creator and admins", () => {
  for (const actor of [brand(), creator(), admin()]) expect(readableInquiry(actor, inquiry)).toBe(inquiry);
  for (const actor of strangers) expect(() => readableInquiry(actor, inquiry)).toThrow(missing);
  for (const actor of [brand(), creator(), admin()]) expect(() => readableInquiry(actor, undefined)).toThrow(missing);
});

test("is asked of its brand, and of nobody else", () => {
  expect(askedOf(brand(), inquiry)).toBe(inquiry);
  for (const actor of [...strangers, creator(), admin()]) expect(() => askedOf(actor, inquiry)).toThrow(missing);
  expect(() => askedOf(brand(), undefined)).toThrow(missing);
});
