/** Actions that somebody who is signed in may be told about: those on no thing in particular, and those on one campaign. */
import type { Callable } from "#shared/domain/capabilities/capability";
import { actions } from "./index.ts";

/** What a path may name besides the campaign that capabilities are asked about: its creators. */
const ofCampaign = /^[A-Z]+ \/v1\/campaigns\/\{campaignId\}(?!.*\{(?!creatorId\}))/;

/** With what they require of a stage, if anything. The test clock is none of the product. */
const callable = (isMeant: (route: string) => boolean): readonly Callable[] =>
  actions.flatMap(({ name, contract }) => {
    if (contract.trigger !== "http" || contract.roles === "public" || !isMeant(contract.route)) return [];
    const { roles, requires } = contract;
    return requires === "testClock" ? [] : [{ name, roles, ...(requires && { requires }) }];
  });

export const generalActions = callable((route) => !route.includes("{"));
export const campaignActions = callable((route) => ofCampaign.test(route));
