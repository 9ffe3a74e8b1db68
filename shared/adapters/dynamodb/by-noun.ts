/** What DynamoDB gives in ways of its own, by noun. A bundle gets those that its contract names, as of repositories. */
export { dynamoHitCounts as hitCounts } from "./hit-counter.ts";
