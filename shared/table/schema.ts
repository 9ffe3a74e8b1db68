/** Attributes of every item, by themselves: the click path has them without the indexes. */
export const PARTITION_KEY = "pk";
export const SORT_KEY = "sk";
/** Epoch seconds after which DynamoDB may delete the item. Never used to decide anything: deletion may be days late. */
export const EXPIRES_AT = "expiresAtSeconds";

/** Attribute and index names of the one table. Infra builds the table from this; adapters read and write with it. */
export const schema = {
  partitionKey: PARTITION_KEY,
  sortKey: SORT_KEY,
  expiresAt: EXPIRES_AT,
  /**
   * An index holds keys and nothing else: what changes in a thing but not in its place costs no write there, a balance
   * least of all. Lists read the things themselves, as they are.
   */
  projection: "KEYS_ONLY",
  indexes: {
    /** What belongs to whom: a brand's campaigns, a creator's invitations, a campaign's links. */
    owner: { name: "owner", partitionKey: "ownerPk", sortKey: "ownerSk" },
    /** Every item of one kind, for admins and audits, in order of creation. */
    kind: { name: "kind", partitionKey: "kindPk", sortKey: "kindSk" },
    /**
     * What a job must look at next, ordered by the instant it falls due. Sparse: a settled item leaves it. What no job ever
     * looks at may be in another list of its owner's here.
     */
    due: { name: "due", partitionKey: "duePk", sortKey: "dueSk" },
  },
} as const;

/**
 * Partitions of a list that everybody's things are in, each good for 1,000 writes a second. More make every page of it dearer
 * to read. It never changes for a list that has things: those written before would not be found.
 */
export const SPREAD = 8;

export type IndexName = keyof typeof schema.indexes;
