/** People as networks know them. */
import { createHash } from "node:crypto";

export interface Post {
  readonly id: string;
  /** Null where its owner hides them. */
  readonly likes: number | null;
  readonly comments: number;
}

export interface Member {
  /** The network's own id of them. */
  readonly id: string;
  readonly username: string;
  readonly name: string;
  followers: number;
  following: number;
  /** Latest first. */
  posts: Post[];
  /** YouTube: the number of subscribers is hidden; and most people with an account have no channel. */
  hidesFollowers: boolean;
  hasChannel: boolean;
}

/** What everybody finds there, on every network alike. */
const residents = ["mia.makes", "leo.lifts", "ana.bakes", "tom.travels", "sue.silent", "max.hidden", "noa.nochannel"];

/** A number that a name decides. */
const numberOf = (name: string, most: number): number =>
  createHash("sha256").update(name).digest().readUInt32BE(0) % Math.ceil(most);

const POSTS = 24;

/** Somebody by the name they typed: the same name is the same person, with the same figures. */
export function memberNamed(platform: string, username: string): Member {
  const followers = 1_000 + numberOf(`${username} followers`, 200_000);
  const postOf = (at: number): Post => ({
    id: `${numberOf(`${username} post ${at}`, 1e9)}${at}`,
    likes: username.endsWith("hidden") && at % 2 === 0 ? null : numberOf(`${username} likes ${at}`, followers / 10),
    comments: numberOf(`${username} comments ${at}`, followers / 200),
  });
  return {
    id: `${1e15 + numberOf(`${platform} ${username}`, 4e9)}`,
    username,
    name: username.replaceAll(".", " ").replace(/^./, (letter) => letter.toUpperCase()),
    followers,
    following: numberOf(`${username} following`, 2_000),
    posts: username.endsWith("silent") ? [] : Array.from({ length: POSTS }, (_, at) => postOf(at)),
    hidesFollowers: username.endsWith("hidden"),
    hasChannel: !username.endsWith("nochannel"),
  };
}

/** The members of one network; whoever types another name joins it. */
export class Members {
  readonly #platform: string;
  readonly #byName = new Map<string, Member>();

  constructor(platform: string) {
    this.#platform = platform;
    for (const username of residents) this.named(username);
  }

  named(username: string): Member {
    const known = this.#byName.get(username) ?? memberNamed(this.#platform, username);
    this.#byName.set(username, known);
    return known;
  }

  all(): readonly Member[] {
    return [...this.#byName.values()];
  }
}
