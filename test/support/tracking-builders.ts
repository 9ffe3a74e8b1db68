/** Days as they were counted. */
import type { Entities, EntityName } from "#shared/domain/entities";

const at = "2026-11-01T00:00:00.000Z";

export const trackingThings = {
  platformDay: [
    {
      day: "2026-11-24",
      users: { admin: 1, brand: 1, creator: 2 },
      campaigns: { draft: 1, scheduled: 0, active: 1, paused: 0, completed: 0, cancelled: 0 },
      clicks: 3,
      uniqueClicks: 2,
      views: 1,
      conversions: 1,
      money: [{ currency: "USD", inMinor: 5, outMinor: 1, feesMinor: 1, conversionValueMinor: 9 }],
      countedAt: at,
      version: 1,
    },
  ],
  trackingDay: [
    {
      ...{ day: "2026-11-24", rulesVersion: "2", lateHours: ["2026-11-25T05"], isDue: false },
      ...{ restated: 1, differing: 0, closedAt: at, version: 1 },
    },
  ],
} satisfies Partial<{ readonly [E in EntityName]: readonly [Entities[E], ...Entities[E][]] }>;
