-- Keeps the first answer of a key, so that the same request again is answered alike; answers the one that is kept.
update idempotency_key set response = coalesce(response, :response::jsonb) where key = :key returning response
