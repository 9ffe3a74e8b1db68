import { expect, test } from "@jest/globals";
import { openReply, sealReply } from "#shared/runtime/sealed-reply";

const reply = { status: 201, headers: { a: "b" }, body: '{"secret":"ü"}' };

test("what was sealed is opened by the same key for the same record, and by nothing else", () => {
  const sealed = sealReply(reply, "key", "digest");
  expect({ ...sealed, body: "" }).toEqual({ ...reply, body: "" });
  expect(openReply(sealed, "key", "digest")).toEqual(reply);
  expect(sealReply(reply, "key", "digest").body).not.toBe(sealed.body);
  expect(() => openReply(sealed, "kez", "digest")).toThrow();
  expect(() => openReply(sealed, "key", "digesu")).toThrow();
});

test("what was changed is not opened", () => {
  const bytes = Buffer.from(sealReply(reply, "key", "digest").body, "base64");
  for (const at of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => openReply({ ...reply, body: changed.toString("base64") }, "key", "digest")).toThrow();
  }
});
