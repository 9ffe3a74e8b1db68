import type { Budget, Campaign, Funding } from "#shared/domain/campaigns/campaign";
import type { Deliverable } from "#shared/domain/campaigns/deliverable";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

/** The instant at which a campaign must be looked at next: its start while scheduled, its end while running. */
const startOrEnd = ({ status, timeline }: Campaign): string => (status === "scheduled" ? timeline.start : timeline.end);

export const campaign = {
  kind: "campaign",
  prefix: "CAMPAIGN",
  partition: ["id"],
  sort: [],
  listings: {
    ofBrand: { index: "owner", prefix: "CAMPAIGNS_OF_BRAND", partition: ["brandId"], sort: ["id"] },
    all: { index: "kind", prefix: "ALL_CAMPAIGNS", partition: [], sort: ["id"], spread: SPREAD },
    due: {
      index: "due",
      prefix: "CAMPAIGNS_DUE",
      partition: [],
      sort: [startOrEnd, "id"],
      when: ({ status }: Campaign) => status === "scheduled" || status === "active" || status === "paused",
    },
  },
  /** A draft; what was published once stays. */
  removable: true,
} as const satisfies Declaration<Campaign>;

export const budget = {
  kind: "budget",
  prefix: "BUDGET",
  partition: ["campaignId"],
  sort: [],
  listings: {
    all: { index: "kind", prefix: "ALL_BUDGETS", partition: [], sort: ["campaignId"], spread: SPREAD },
  },
  removable: true,
} as const satisfies Declaration<Budget>;

export const funding = {
  kind: "funding",
  prefix: "FUNDING",
  partition: ["brandId"],
  sort: ["campaignId"],
  removable: true,
} as const satisfies Declaration<Funding>;

const dateOf = ({ dueAt }: Deliverable): string => dueAt ?? "";

export const deliverable = {
  kind: "deliverable",
  prefix: "DELIVERABLE",
  partition: ["campaignId"],
  sort: ["id"],
  listings: {
    /** Those with a date that their creators were not reminded of. */
    due: {
      index: "due",
      prefix: "DELIVERABLES_DUE",
      partition: [],
      sort: [dateOf, "id"],
      spread: SPREAD,
      when: ({ dueAt, remindedOf }: Deliverable) => dueAt !== null && dueAt !== remindedOf,
    },
  },
  removable: true,
} as const satisfies Declaration<Deliverable>;
