/** What admins do to people and jobs, and the world to addresses: roles on loan, runs asked for, addresses changed, mail that comes back. */
import { JobName } from "#shared/domain/jobs/job-run";
import type { Role } from "#shared/domain/kernel/actor";
import type { WrittenMail } from "#shared/domain/notifications/mail/write-mail";
import { bounced, complained } from "../../domain/notifications/feedback.ts";
import type { Area, Invariant, Move } from "../area.ts";
import { isDone } from "../client.ts";
import { addressesOf, drawnPerson, issuer, renewed } from "../people.ts";
import type { World } from "../world.ts";

const HOUR_MS = 3_600_000;

const lending: Move = {
  name: "give somebody another role, for some hours",
  role: "admin",
  weight: 1,
  async act(me, chance, world) {
    const somebody = drawnPerson(world, chance);
    if (somebody === undefined) return false;
    const path = { userId: somebody.userId };
    const other: Role = somebody.role === "brand" ? "creator" : "brand";
    const lent: Role[] = chance.happens(0.5) ? [other] : [other, somebody.role];
    await me.act("setUserRoles", { path, body: { roles: lent } });
    await world.running.takes(chance.between(0.05, 3) * HOUR_MS);
    const back = await me.act("setUserRoles", { path, body: { roles: [somebody.role] } });
    if (isDone(back)) somebody.token = issuer.sign(somebody.userId, [somebody.role]);
    return true;
  },
};

const asking: Move = {
  name: "have a job run now, perhaps several times at once",
  role: "admin",
  weight: 3,
  async act(me, chance) {
    const path = { job: chance.oneOf(JobName.options) ?? "expire-invitations" };
    await Promise.all(Array.from({ length: 1 + chance.below(3) }, () => me.act("requestJobRun", { path })));
    return true;
  },
};

const moving: Move = {
  name: "come with another address",
  role: "creator",
  weight: 1,
  async act({ person }, chance, world) {
    person.email = chance.oneOf(addressesOf(person.name)) ?? person.email;
    await renewed(world, person, `as ${person.email} ${chance.next()}`);
    return true;
  },
};

const complaining: Move = {
  name: "have mail come back, or call it spam",
  role: "creator",
  weight: 0.3,
  act({ person: { email, name } }, chance, world) {
    const event = chance.happens(0.5) ? bounced("Permanent", email) : complained(email, "abuse");
    world.queue("mail-feedback").send(event, `feedback of ${name} ${chance.next()}`);
    return Promise.resolve(true);
  },
};

const sentIn = (world: World): readonly WrittenMail[] =>
  (world.outside["mailSender"] as { readonly sent: readonly WrittenMail[] }).sent;

const isMisled = (world: World, { id, to, text, html, subject }: WrittenMail): boolean => {
  const owner = world.people.find(({ userId }) => id.endsWith(userId));
  const others = world.people.filter((one) => one !== owner);
  const speaksOf = (what: string): boolean => [text, html, subject].some((part) => part.includes(what));
  return (
    owner === undefined ||
    !addressesOf(owner.name).includes(to) ||
    others.some(({ userId, name }) => speaksOf(userId) || speaksOf(`Hello ${name},`))
  );
};

const invariants: readonly Invariant[] = [
  {
    says: "a mail went to somebody else, or speaks of them",
    broken: (world) =>
      sentIn(world)
        .filter((mail) => isMisled(world, mail))
        .map(({ id, to }) => `${id} to ${to}`),
  },
  {
    says: "a run of a job has not ended",
    broken: (world) =>
      world
        .items("jobRun")
        .filter(({ outcome }) => outcome === "running")
        .map(({ job, id }) => `${String(job)} ${String(id)}`),
  },
  {
    says: "the pool's groups have not caught up with somebody's roles",
    broken: (world) =>
      world
        .items("account")
        .filter(({ groupsPending }) => groupsPending === true)
        .map(({ id }) => String(id)),
  },
];

export const area: Area = { moves: [lending, asking, moving, complaining], invariants };
