import { systemActor } from "#shared/domain/kernel/actor";
import type { Authenticate } from "../authenticate.ts";
import type { CallMiddleware } from "./request.ts";

/** Finds out who calls, by token and account, or refuses. */
export const authentication = (authenticate: Authenticate): CallMiddleware => ({
  before: async ({ event, context }) => {
    context.actor = await authenticate(event.headers["authorization"]);
  },
});

/** On public routes nobody is asked who they are: what happens there, the system does. */
export const publicCaller = (route: string): CallMiddleware => ({
  before: ({ context }) => {
    context.actor = systemActor(route);
  },
});
