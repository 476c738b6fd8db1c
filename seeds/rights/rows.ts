import { allBut, both, createdByMe, either, freeInMyTeam, is, mine, ofMyTeam, where } from './words.ts';

/** Which rows of the big collections a role works on: said once here, used for them and for what belongs to them. */

/** A new row is its author's, and their team's. */
export const byMe = { owner: '$CURRENT_USER', team: '$CURRENT_USER.team' };
/** Rows are handed around by managers, or by the assignment. */
export const exceptOwner = allBut('owner', 'team');

/** Rows with an owner and a team. */
export const mineOrMyTeams = either(mine(), ofMyTeam);
export const mineMyTeamsOrCreatedByMe = either(mine(), ofMyTeam, createdByMe);
/** What a salesperson may change: their own, and what nobody of the team has taken yet. */
export const mineOrFree = either(mine(), freeInMyTeam);

/** Tasks have an assignee instead of an owner. */
export const myTasks = either(mine('assignee'), ofMyTeam, createdByMe);

/** Rows of a company that I look after, or that my team does. */
export const ofMyCompanies = either(where('company', mine()), where('company', ofMyTeam));
export const ofMyTeamsCompanies = where('company', ofMyTeam);
export const ofClients = where('company', is('is_client', true));

/** A row that only its author works on while it is a draft. */
export const myDraft = (field: string): ReturnType<typeof both> => both(mine(field), is('status', 'draft'));
