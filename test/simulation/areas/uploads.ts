/** Files: announced, uploaded, handed in once or twice, posted again afterwards, and never handed in. */
import { createHash } from "node:crypto";
import type { MemoryFiles } from "#shared/adapters/memory/files";
import { fileOf } from "#shared/domain/submissions/access";
import { Submission } from "#shared/domain/submissions/submission";
import type { Area, Invariant, Move, Story } from "../area.ts";
import { type Client, clientOf, isDone } from "../client.ts";
import type { World } from "../world.ts";
import { joinedCampaign } from "./campaigns.ts";

type Form = Parameters<MemoryFiles["post"]>[0];
interface Opened {
  readonly fileId: string;
  readonly upload: Form;
}

const filesOf = (world: World): MemoryFiles => world.outside["files"] as MemoryFiles;

const deliverableOf = async (me: Client, campaignId: string): Promise<string | undefined> =>
  (await me.list("listDeliverables", { path: { campaignId } }))[0]?.id as string | undefined;

/** Ids of files that were announced, by whomever: somebody may have overheard them. */
const announced = new WeakMap<World, string[]>();

async function announcing(me: Client, world: World, campaignId: string, content: Buffer, isHashed: boolean) {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const body = { contentType: "image/png", sizeBytes: content.length, campaignId, ...(isHashed && { sha256 }) };
  const answer = await me.act("openUpload", { body });
  if (!isDone(answer)) return undefined;
  const opened = answer.body as Opened;
  announced.set(world, [...(announced.get(world) ?? []), opened.fileId]);
  return opened;
}

const handingIn: Move = {
  name: "upload a file and hand it in",
  role: "creator",
  weight: 5,
  async act(me, chance, world) {
    const campaignId = chance.oneOf(await me.list("listCampaigns"))?.id as string | undefined;
    const deliverableId = campaignId === undefined ? undefined : await deliverableOf(me, campaignId);
    if (campaignId === undefined || deliverableId === undefined) return false;
    const content = Buffer.from(`content ${chance.below(1_000)}`);
    const opened = await announcing(me, world, campaignId, content, chance.happens(0.5));
    if (opened === undefined) return true;
    const { fileId, upload } = opened;
    if (chance.happens(0.9)) filesOf(world).post(upload, content);
    const named = chance.happens(0.9) ? fileId : chance.oneOf(announced.get(world) ?? [fileId]);
    const asked = { path: { campaignId }, body: { deliverableId, type: "file", fileId: named } };
    const hands = chance.happens(0.3) ? 2 : 1;
    const again = chance.happens(0.4) ? chance.between(0, 2_000) : undefined;
    // The form is good for another upload, also while this one is being handed in.
    if (again !== undefined) world.running.later(again, () => filesOf(world).post(upload, content));
    await Promise.all(Array.from({ length: hands }, () => me.act("submitContent", asked)));
    return true;
  },
};

const handedIn: Story = {
  name: "a file announced, uploaded, handed in, posted again, and read",
  async tell(world) {
    const [brand, creator] = (["brand", "creator"] as const).map((role) =>
      world.people.find((one) => one.role === role),
    );
    if (brand === undefined || creator === undefined) return;
    const [buyer, maker] = [clientOf(world, brand, "buyer", true), clientOf(world, creator, "maker", true)];
    const path = await joinedCampaign(world, buyer, maker);
    const content = Buffer.from("content");
    const opened = await announcing(maker, world, path.campaignId, content, true);
    if (opened === undefined) return world.find("no file can be announced");
    filesOf(world).post(opened.upload, content);
    const deliverableId = await deliverableOf(maker, path.campaignId);
    const body = { deliverableId, type: "file", fileId: opened.fileId };
    const answer = await maker.act("submitContent", { path, body });
    filesOf(world).post(opened.upload, content);
    const submissionId = String(answer?.body["id"]);
    const read = await buyer.get("getSubmission", { path: { ...path, submissionId } });
    if (!String(read?.body["downloadUrl"]).endsWith("versionId=v1")) world.find(`another file is read: ${read?.text}`);
    await buyer.act("reviewSubmission", { path: { ...path, submissionId }, body: { decision: "approved" } });
  },
};

const kept: Invariant = {
  says: "a file that was handed in is not kept as it was, or another is",
  broken(world) {
    const submissions = world.items("submission").map((item) => Submission.parse(item));
    const files = submissions.flatMap((one) => {
      const submitted = fileOf(one);
      if (submitted === undefined) return [];
      const { campaignId, creatorId, fileId } = submitted.address;
      return [`files/${campaignId}/${creatorId}/${fileId} ${submitted.file.versionId}`];
    });
    world.running.count("files handed in", files.length);
    const { kept } = filesOf(world);
    return [...new Set([...files, ...kept])].filter((one) => !files.includes(one) || !kept.has(one));
  },
};

export const area: Area = { moves: [handingIn], invariants: [kept], stories: [handedIn] };
