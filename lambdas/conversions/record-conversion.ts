import { dynamodb } from "#shared/adapters/dynamodb/index";
import { recordConversion } from "#shared/contracts/conversions";
import { conversionIdOf } from "#shared/domain/conversions/conversion";
import { campaignsOf, creatorsOf, linksNamed, namedBy, promoCodesNamed } from "#shared/domain/conversions/named";
import { recordConversion as decide } from "#shared/domain/conversions/record-conversion";
import { madeSideBySide } from "#shared/domain/kernel/side-by-side";
import { implement } from "#shared/runtime/implement";

/** Things that are looked up at once. */
const AT_ONCE = 10;

export const handler = implement(
  recordConversion,
  dynamodb,
  async (call, { conversions, clickKeys, commit, ...table }) => {
    const { body, actor } = call;
    const recorded = await conversions.get(conversionIdOf(actor.userId, body.orderId));
    // A brand's order counts once, for ever, whatever else is said of it when it comes again.
    if (recorded) return recorded;
    const named = namedBy(body, await clickKeys.secret());
    const links = await madeSideBySide(linksNamed(named), AT_ONCE, (code) => table.links.get(code));
    const promoCodes = await madeSideBySide(promoCodesNamed(named), AT_ONCE, (code) =>
      table.promoCodes.like(actor.userId, code),
    );
    const creators = await madeSideBySide(creatorsOf({ promoCodes }), AT_ONCE, (id) => table.accounts.get(id));
    const ids = campaignsOf({ links, promoCodes }, actor.userId);
    const campaigns = await madeSideBySide(ids, AT_ONCE, (id) => table.campaigns.get(id));

    const { change, conversion } = decide({ named, links, promoCodes, campaigns, creators }, body, call);

    return commit(change, conversion);
  },
);
