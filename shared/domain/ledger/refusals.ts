import type { RefusalCode } from "../kernel/refusal.ts";

export const houseMovementRefusals = {
  unknown: {
    kind: "unprocessable",
    code: "house_movement.unknown",
    title: "The payment processor knows no such movement of the balance that the books follow",
  },
  notTheHouses: {
    kind: "unprocessable",
    code: "house_movement.not_the_houses",
    title: "It is not a movement of the house's own money",
  },
  booked: { kind: "conflict", code: "house_movement.booked", title: "It is in the books already" },
} as const satisfies Record<string, RefusalCode>;
