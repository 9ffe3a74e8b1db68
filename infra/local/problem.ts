/** What keeps the local stage from running, said in one sentence a person can act on. */
export class LocalStageProblem extends Error {
  override readonly name = "LocalStageProblem";
}
