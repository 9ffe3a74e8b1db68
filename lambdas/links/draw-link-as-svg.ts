import { dynamodb } from "#shared/adapters/dynamodb/index";
import { linkParts } from "#shared/adapters/links/index";
import { qrCodes } from "#shared/adapters/qr/qr-codes";
import { drawLinkAsSvg } from "#shared/contracts/links";
import { listedLink } from "#shared/domain/links/access";
import { svgOf } from "#shared/domain/links/qr-image";
import { scanAddress } from "#shared/domain/tracking/scan";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  drawLinkAsSvg,
  { ...dynamodb, ...linkParts, qrCodes },
  async ({ actor, path }, { links, campaigns, linkUrls, qrCodes: codes }) => {
    const link = await links.get(path.code);
    const seen = link && (await campaigns.seenBy(link.campaignId, actor.userId));
    const { code } = listedLink(actor, link, seen);

    return svgOf(codes.of(scanAddress(linkUrls.of(code))));
  },
);
