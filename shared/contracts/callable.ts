/** Actions that somebody who is signed in may be told about: those on no thing in particular, and those on one campaign. */
import type { Callable } from "#shared/domain/capabilities/capability";
import { actions } from "./index.ts";

/** What a path may name besides the campaign that capabilities are asked about: its creators. */
const ofCampaign = /^[A-Z]+ \/v1\/campaigns\/\{campaignId\}(?!.*\{(?!creatorId\}))/;

const callable = (isMeant: (route: string) => boolean): readonly Callable[] =>
  actions.flatMap(({ name, contract }) =>
    contract.trigger === "http" && contract.roles !== "public" && !contract.requires && isMeant(contract.route)
      ? [{ name, roles: contract.roles }]
      : [],
  );

export const generalActions = callable((route) => !route.includes("{"));
export const campaignActions = callable((route) => ofCampaign.test(route));
