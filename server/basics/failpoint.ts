/** Named places on the way of a change, in the order it passes them: where a test run can end the process. */
export const FAILPOINTS = [
  'after_decide',
  'before_commit',
  'in_commit',
  'after_commit_before_audit',
  'after_audit_before_boards',
  'after_boards_before_reply',
  'before_paper',
  'after_sent_before_paper',
  'after_paper_before_outcome',
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];
