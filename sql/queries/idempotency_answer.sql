-- Keeps the first answer of a key, so that the same request again is answered alike.
update idempotency_key set response = :response::jsonb where key = :key and response is null
