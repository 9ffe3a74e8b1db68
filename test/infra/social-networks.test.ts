import { expect, test } from "@jest/globals";
import { networkSettingsOf } from "#infra/social-networks";
import { type StageName, stageFrom } from "#infra/stages";
import { NetworkSettings } from "#shared/ports/social-settings";
import { contexts } from "./synth.ts";

const stage = (name: StageName, told: Readonly<Record<string, string>> = {}) =>
  stageFrom((value) => ({ ...contexts[name], ...told, stage: name })[value]);

test("production asks the networks themselves, and nobody else", () => {
  const settings = NetworkSettings.parse(networkSettingsOf(stage("prod")));
  const hosts = Object.values(settings).flatMap((one) => [one.consentBase, one.tokenBase, one.apiBase]);
  expect([...new Set(hosts)].sort()).toEqual([
    "https://accounts.google.com",
    "https://api.instagram.com",
    "https://api.linkedin.com",
    "https://api.x.com",
    "https://graph.instagram.com",
    "https://oauth2.googleapis.com",
    "https://open.tiktokapis.com",
    "https://www.googleapis.com",
    "https://www.instagram.com",
    "https://www.linkedin.com",
    "https://www.tiktok.com",
    "https://x.com",
  ]);
});

test("the local stage asks their stand-ins, each below its name", () => {
  const { tiktok } = networkSettingsOf(stage("local"));
  expect(tiktok).toMatchObject({
    consentBase: "http://127.0.0.1:4003/tiktok",
    apiBase: "http://127.0.0.1:4003/tiktok",
  });
});

test("a stage without apps has no networks, and one with a part of them is none", () => {
  expect(() => networkSettingsOf(stage("dev"))).toThrow("the stage has no social networks");
  const { instagram: _left, ...part } = JSON.parse(contexts.local["socialClientIds"] ?? "") as Record<string, string>;
  const social = JSON.stringify({ clientIds: part, secretArn: "arn:aws:secretsmanager:us-east-1:1:secret:x-AbCdEf" });
  expect(() => stage("prod", { social })).toThrow("social");
});

test("LinkedIn is asked for followers where its app may", () => {
  const given = JSON.parse(contexts.prod["social"] ?? "") as object;
  const social = JSON.stringify({ ...given, linkedInFollowers: true });
  expect(networkSettingsOf(stage("prod")).linkedin.extraScopes).toBeUndefined();
  expect(networkSettingsOf(stage("prod", { social })).linkedin.extraScopes).toEqual(["r_member_profileAnalytics"]);
});
