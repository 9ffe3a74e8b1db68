import { describe, expect, test } from "@jest/globals";
import { campaignActions, generalActions } from "#shared/contracts/callable";
import { actions } from "#shared/contracts/index";
import { capabilitiesOf, thereOn } from "#shared/domain/capabilities/capability";

const httpRoutes = actions.flatMap(({ name, contract }) =>
  contract.trigger === "http" && contract.roles !== "public" ? [{ name, route: contract.route }] : [],
);

describe("actions that people are told about", () => {
  test("are those on nothing in particular, and those on a campaign and its creators", () => {
    const told = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
    expect(told(generalActions)).toContain("createCampaign");
    expect(told(generalActions)).not.toContain("moveClock");
    expect(told(thereOn(["social"], generalActions))).toEqual(told(generalActions));
    const ofNetworks = ["listSocialAccounts", "requestSocialSync"];
    expect(told(generalActions)).toEqual(expect.arrayContaining(ofNetworks));
    expect(told(thereOn([], generalActions)).filter((name) => ofNetworks.includes(name))).toEqual([]);
    expect(thereOn([], generalActions)).toHaveLength(generalActions.length - ofNetworks.length);
    expect(told(campaignActions)).toEqual(
      httpRoutes
        .filter(
          ({ route }) =>
            route.includes("/campaigns/{campaignId}") &&
            !/\{((submission|dispute|deliverable|file|link)Id|promoCode)\}/.test(route),
        )
        .map(({ name }) => name),
    );
  });

  test("are refused by the role before anything else is asked", () => {
    const actor = { userId: "u", roles: ["creator" as const] };
    const told = capabilitiesOf(actor, generalActions, () => undefined);
    expect(told).toContainEqual({ action: "listUsers", allowed: false, reason: "access.role_not_allowed" });
    expect(told).toContainEqual({ action: "getMe", allowed: true });
  });
});
