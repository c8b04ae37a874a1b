/** SOP: the agent and supervisor stage, `received_at` to `dispatched_at`. */
export const AGENT_LIMIT_SECONDS = 300

/** SOP: the OPD stage, `dispatched_at` to `resolved_at`; also each agency's own clock, notified to done. */
export const OPD_LIMIT_SECONDS = 2100

/** Permen PU 25/2008: a fire, `received_at` to the first unit on scene. */
export const FIRE_ON_SCENE_LIMIT_SECONDS = 900

/** A running clock warns from this share of its limit. */
export const WARNING_SHARE = 0.8
