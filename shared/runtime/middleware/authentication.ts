import { systemActor } from "#shared/domain/kernel/actor";
import type { Authenticate } from "../authenticate.ts";
import type { CallMiddleware } from "./request.ts";

/**
 * Finds out who calls, by token and account, or refuses.
 *
 * @param byKey of routes that take API keys: asked, and nothing else, where one was sent
 */
export const authentication = (byToken: Authenticate, byKey?: Authenticate): CallMiddleware => ({
  before: async ({ event, context }) => {
    const key = event.headers["x-api-key"];
    context.actor = await (byKey && key !== undefined ? byKey(key) : byToken(event.headers["authorization"]));
  },
});

/** On public routes nobody is asked who they are: what happens there, the system does. */
export const publicCaller = (route: string): CallMiddleware => ({
  before: ({ context }) => {
    context.actor = systemActor(route);
  },
});
