export * from "./cleanportfolio.js";
export { connect, ConnectedClient, type Connection } from "./connect.js";
export { type Patience } from "./calls.js";
export { type CallerCredentials, type Fetch } from "./tokens.js";
export * from "./helpers.js";
