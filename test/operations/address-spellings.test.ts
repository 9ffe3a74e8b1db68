/** Whoever looks for addresses finds them, however they are spelled; else that none is found says nothing. */
import { gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { addressSearch } from "#test/support/address-spellings";

const V4 = "203.0.113.7";
const V6 = "2001:db8:85a3::8a2e:370:7334";
const search = addressSearch([V4, V6]);
const found = (text: string | Uint8Array) => search(Buffer.from(text));
const octets = Buffer.from([203, 0, 113, 7]);

test.each([
  ["as it is", V4],
  ["mapped", `::ffff:${V4}`],
  ["mapped, in hex", "::ffff:cb00:7107"],
  ["with zeros", "203.000.113.007"],
  ["backwards, as a name", "7.113.0.203.in-addr.arpa"],
  ["in hex", "0xCB007107"],
  ["in hex, apart", "cb:00:71:07"],
  ["as an integer", "3405803783"],
  ["as a signed integer", "-889163513"],
  ["as bytes in base64", octets.toString("base64")],
  ["in base64", Buffer.from(V4).toString("base64")],
  ["amid base64", Buffer.from(`{"a":"${V4}"}`).toString("base64")],
  ["amid base64 without its beginning", Buffer.from(`{"a":"${V4}"}`).toString("base64").slice(1)],
  ["in base64 twice", Buffer.from(Buffer.from(`{"a":"${V4}"}`).toString("base64")).toString("base64")],
  ["as hex of its text", Buffer.from(V4).toString("hex")],
])("an address of IPv4 %s", (_how, text) => {
  expect(found(`{"x":"${text}"}`)).toEqual([V4]);
});

test.each([
  ["as it is", V6],
  ["in capitals", V6.toUpperCase()],
  ["in full", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"],
  ["in full without zeros", "2001:db8:85a3:0:0:8a2e:370:7334"],
  ["of which the network", "2001:db8:85a3:0"],
  ["of which the network in hex", "20010db885a30000"],
  ["escaped", encodeURIComponent(V6)],
  ["in hex", "20010db885a3000000008a2e03707334"],
  ["as an integer", "42540766452641154071740215577757643572"],
  ["as bytes in base64", Buffer.from("20010db885a3000000008a2e03707334", "hex").toString("base64")],
  ["in base64", Buffer.from(V6).toString("base64")],
])("an address of IPv6 %s", (_how, text) => {
  expect(found(`{"x":"${text}"}`)).toEqual([V6]);
});

test("packed, and in a packed thing's base64", () => {
  const packed = gzipSync(`{"x":"${V4}"}`);
  expect(found(packed)).toEqual([V4]);
  expect(found(`{"x":"${packed.toString("base64")}"}`)).toEqual([V4]);
});

test("beside what only begins like something packed", () => {
  const begun = Buffer.concat([Buffer.from([0x1f, 0x8b, 0x5f, 0, 0, 0, 0, 0, 0, 3]), Buffer.from(V4)]);
  expect(found(begun)).toEqual([V4]);
  expect(found(`{"x":"${begun.toString("base64")}"}`)).toEqual([V4]);
});

test("others are none of them", () => {
  for (const other of ["203.0.113.71", "1203.0.113.7", "13405803783", "198.51.100.7", "2001:db8:85a4::1", "cb017107"])
    expect(found(`{"x":"${other}"}`)).toEqual([]);
});
