/** One record of a stream as its consumer is handed it: its place, and what was written. */
export interface StreamRecord {
  /** As the stream spells it, which is how a failure must be reported. */
  readonly sequence: string;
  /** Shard of a Kinesis record; the table's stream has none. */
  readonly shard: string;
  /** The bytes of a Kinesis record, or the new item as DynamoDB spells it (`outboxEvent` reads it). */
  readonly payload: unknown;
  /** The whole record as it was delivered, for those who must know what was done, to what and by whom. */
  readonly delivered: unknown;
}
