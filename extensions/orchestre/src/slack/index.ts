/** Slack as other rooms use it (docs/decisions/115). */
export { openSlackChannel, type ChannelWish, type OpenedChannel } from './channels.ts';
export { slackConfigured } from './connector.ts';
export { queueSlackMessage, type SlackMessage } from './messages.ts';
