import { events } from "../events.ts";
import type { StripeEvent } from "../events.ts";
import { listPage } from "../listing.ts";
import { boolean, isWithin, list, page, parameters, text, timeRange } from "../parameters.ts";
import { invalidRequest, resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";

const listed = { collection: events, noun: "event", url: "/v1/events" };

// `payment_intent.*` names every event of payment intents.
function isOfType(event: StripeEvent, pattern: string): boolean {
  return pattern.endsWith("*") ? event.type.startsWith(pattern.slice(0, -1)) : event.type === pattern;
}

export const eventRoutes = [
  route("GET /v1/events/{id}", parameters({}), (_input, call) => {
    const event = events(call.account).get(call.id);
    if (!event) throw resourceMissing("event", call.id, "id", 404);
    return event;
  }),
  route(
    "GET /v1/events",
    parameters({
      ...page,
      created: timeRange().optional(),
      delivery_success: boolean().optional(),
      type: text().optional(),
      types: list(text()).optional(),
    }),
    (input, call) => {
      if (input.type !== undefined && input.types !== undefined) {
        throw invalidRequest("You may only specify one of these parameters: type, types.");
      }
      const types = input.types ?? (input.type === undefined ? ["*"] : [input.type]);
      return listPage(listed, call.account, input, (event) => {
        const wasDelivered = event.pending_webhooks === 0;
        const isWanted = input.delivery_success === undefined || input.delivery_success === wasDelivered;
        return isWanted && isWithin(event.created, input.created) && types.some((type) => isOfType(event, type));
      });
    },
  ),
];
