import type { PromoCode } from "#shared/domain/promo-codes/promo-code";
import type { Page, PageRequest } from "./page.ts";

export interface PromoCodes {
  /** The brand's code that looks like this text, which may be none: it need not be the same. Strongly consistent. */
  like(brandId: string, code: string): Promise<PromoCode | undefined>;
  /** By creator, oldest first; with `creatorId`, that creator's alone. */
  ofCampaign(
    campaignId: string,
    filter: { readonly creatorId?: string | undefined },
    page: PageRequest,
  ): Promise<Page<PromoCode>>;
}
