-- Verb: fixes come in, by the thousand, outside the log. The one place that judges them. p_rows [{unit_id | callsign (the id counts where both stand),
-- lon, lat, fix_at? (by the device's clock), speed_kmh?, heading?, accuracy_m?, source, personal?}], all of one device: p_device, the credential they came with.
-- `personal`: by a person's phone, which is not followed home: off duty and without a job its fixes are refused.
-- p_top_speed_kmh: no vehicle is faster. Answers one row for each: the unit's id, the reason when it was refused, and the outcome that is counted.
--
-- Refused: unknown_unit off_duty zero sign_flipped swapped outside inaccurate future too_old duplicate teleport.
-- Taken: `taken`; `held` (it stands: a sign of life, the place stays); `late` (older than one already taken: history only); `standby` (another device of the
-- unit is shown). README "Definitions" has the rules in words. What is shown of a unit never goes back in time.
-- A loop, not a set: each fix is judged by those before it. Only plain arithmetic in it, 3,000 a second must pass.
create or replace function position_ingest(p_rows jsonb, p_now timestamptz, p_simulated boolean, p_device uuid, p_top_speed_kmh float8)
returns table (ord bigint, unit_id uuid, reason text, outcome text) language plpgsql as $$
#variable_conflict use_column
declare
  c_metres constant float8 := 111195;                   -- in a degree of latitude
  c_unknown_m constant float8 := 50;                    -- how wrong a fix may be that does not say
  c_slack constant float8 := 200;                       -- metres that no jump is told from
  c_agree constant integer := 3;                        -- fixes in turn that make a jump believed
  c_same_clock constant float8 := 10;                   -- seconds within which offsets are one and the same
  v_now constant float8 := extract(epoch from p_now);
  v_top constant float8 := p_top_speed_kmh / 3.6;
  v_device constant uuid := coalesce(p_device, '00000000-0000-0000-0000-000000000000');
  v_scope constant text := (select c.scope from credential c where c.id = p_device);
  r record;
  s position_source;
  v_states position_source[] := '{}';
  v_lead boolean;
  v_rank integer;
  v_sent timestamptz; v_fix timestamptz; v_delay float8; v_offset float8; v_seconds float8; v_far float8; v_accuracy float8; v_lon float8; v_lat float8;
  v_lat_m float8; v_held boolean; v_speed real;
  -- Fixes to keep, a column each; and of each unit the one to show, by its index.
  k_unit uuid[] := '{}'; k_fix timestamptz[] := '{}'; k_sent timestamptz[] := '{}'; k_lon float8[] := '{}'; k_lat float8[] := '{}';
  k_speed real[] := '{}'; k_heading real[] := '{}'; k_accuracy real[] := '{}'; k_source text[] := '{}';
  v_shown integer; v_show integer[] := '{}';
  l_unit uuid[] := '{}'; l_rank integer[] := '{}';
begin
  for r in
    with given as materialized (
      select g.ord, u.id as unit_id, u.duty, g.fix_at, g.lon, g.lat, g.speed_kmh, g.heading, g.accuracy_m, coalesce(g.source, 'json') as source, coalesce(g.personal, false) as personal
      from rows from (jsonb_to_recordset(p_rows) as (unit_id uuid, callsign text, fix_at timestamptz, lon float8, lat float8, speed_kmh real,
        heading real, accuracy_m real, source text, personal boolean)) with ordinality
        as g(unit_id, callsign, fix_at, lon, lat, speed_kmh, heading, accuracy_m, source, personal, ord)
      left join unit b on g.unit_id is null and b.callsign = g.callsign
      left join unit u on u.active and u.id = coalesce(g.unit_id, b.id)
    ), source as (
      select x as state, x.unit_id from position_source x
      where x.device_id = v_device and x.unit_id in (select g.unit_id from given g) order by x.unit_id for update
    )
    select g.*, x.state, l.device_id as leader, l.rank as leader_rank, o.received_at as leader_at, o.gap_seconds as leader_gap, o.accuracy_m as leader_accuracy,
      l.device_id <> v_device and (l.simulated <> p_simulated or exists (select from credential c where c.id = l.device_id and c.revoked_at is not null)) as leader_gone,
      g.personal and g.duty = 'off' and not exists (select from assignment a where a.unit_id = g.unit_id and a.active and a.simulated = p_simulated) as off_duty
    from given g
    left join source x on x.unit_id = g.unit_id
    left join position_leader l on l.unit_id = g.unit_id
    left join position_source o on o.unit_id = l.unit_id and o.device_id = l.device_id and o.device_id <> v_device
    order by g.unit_id, g.ord
  loop
    ord := r.ord; unit_id := r.unit_id; reason := null; outcome := null;
    if r.unit_id is null then
      reason := 'unknown_unit'; outcome := reason;
      return next;
      continue;
    end if;
    if s.unit_id is distinct from r.unit_id then
      if s.unit_id is not null then v_states := v_states || s; end if;
      if v_shown is not null then v_show := v_show || v_shown; v_shown := null; end if;
      v_lead := null;
      s := r.state;
      if s.unit_id is null or s.simulated <> p_simulated then
        s := null;
        s.unit_id := r.unit_id; s.device_id := v_device; s.simulated := p_simulated; s.first_at := p_now; s.away_n := 0; s.clock_seconds := 0; s.guess_n := 0;
        s.taken := 0; s.held := 0; s.late := 0; s.standby := 0; s.future := 0; s.too_old := 0; s.zero := 0; s.sign_flipped := 0; s.swapped := 0;
        s.outside := 0; s.inaccurate := 0; s.duplicate := 0; s.teleport := 0; s.off_duty := 0;
      end if;
    end if;
    s.heard_at := p_now;
    v_lon := r.lon; v_lat := r.lat; v_accuracy := coalesce(r.accuracy_m, c_unknown_m);

    -- ── its clock: fix_at becomes ours ──
    v_sent := coalesce(r.fix_at, p_now);
    v_delay := v_now - extract(epoch from v_sent)::float8;
    if r.fix_at is not null and s.clock_sent_at is distinct from v_sent then
      s.clock_sent_at := v_sent;
      -- No fix comes sooner than its clock is behind: it was put right.
      if s.clock_seconds > 0 and v_delay between -c_same_clock and s.clock_seconds - c_same_clock then
        s.clock_seconds := case when v_delay > 30 then v_delay else least(0, v_delay) end; s.guess_n := 0;
      elsif abs(v_delay - s.clock_seconds) <= c_same_clock then
        -- The least delay is the clock's share of it; it is let rise slowly, for a clock that drifts. A clock that is right stays so.
        s.clock_seconds := case when v_delay < s.clock_seconds then v_delay
          when s.clock_seconds <= 0 then least(0, s.clock_seconds + 0.02 * (v_delay - s.clock_seconds)) else s.clock_seconds + 0.02 * (v_delay - s.clock_seconds) end;
        s.guess_n := 0;
      elsif s.guess_n > 0 and abs(v_delay - s.guess_seconds) <= c_same_clock then
        s.guess_seconds := least(s.guess_seconds, v_delay); s.guess_n := s.guess_n + 1; s.guess_heard_at := p_now;
        -- A queue that empties has an ever shorter delay; a clock that is wrong has one and the same for a while. Behind by less than 30 s is a slow network.
        if s.guess_n >= 5 and p_now - s.guess_since >= (case when s.guess_seconds > 30 then interval '2 minutes' else interval '30 seconds' end) then
          s.clock_seconds := case when s.guess_seconds between 0 and 30 then 0 else s.guess_seconds end; s.guess_n := 0;
        end if;
      elsif s.guess_n = 0 or v_delay < s.guess_seconds or p_now - s.guess_heard_at > interval '1 minute' then
        s.guess_seconds := v_delay; s.guess_n := 1; s.guess_since := p_now; s.guess_heard_at := p_now;
      end if;
    end if;
    v_offset := s.clock_seconds;
    -- Ahead by a little: no fix is made after it came.
    if v_delay - v_offset < 0 and v_delay - v_offset >= -60 then v_offset := v_delay; end if;
    v_seconds := v_delay - v_offset;
    v_fix := case when v_offset = v_delay then p_now else v_sent + make_interval(secs => v_offset) end;

    v_lat_m := c_metres * cosd(v_lat);
    v_held := false;
    reason := case
      when r.off_duty then 'off_duty'
      when v_lon = 0 or v_lat = 0 or (abs(v_lon) < 0.01 and abs(v_lat) < 0.01) then 'zero'
      when v_lon between 105 and 116 and v_lat between -9.5 and -5 then null
      when abs(v_lon) between 105 and 116 and abs(v_lat) between 5 and 9.5 then 'sign_flipped'
      when abs(v_lat) between 105 and 116 and abs(v_lon) between 5 and 9.5 then 'swapped'
      else 'outside'
    end;
    if reason is null then
      reason := case when r.accuracy_m > 1000 then 'inaccurate' when v_seconds < 0 then 'future' when v_seconds > 86400 then 'too_old' when v_sent = s.sent_at then 'duplicate' end;
    end if;
    if reason is null and (v_fix < s.fix_at or v_sent < s.sent_at) and exists (select from position p where p.unit_id = r.unit_id and p.sent_at = v_sent and p.device_id = v_device
        and p.received_at > p_now - interval '1 day') then reason := 'duplicate'; end if;

    if reason is null and v_fix < s.fix_at then
      outcome := 'late';
    elsif reason is null then
      -- ── did it jump? ──
      if s.fix_at is not null then
        v_far := sqrt(((v_lon - s.lon) * v_lat_m) ^ 2 + ((v_lat - s.lat) * c_metres) ^ 2);
        if v_far <= v_top * extract(epoch from v_fix - s.fix_at)::float8 + v_accuracy + coalesce(s.accuracy_m, c_unknown_m) + c_slack then
          s.away_n := 0;
        else
          if s.away_n > 0 and v_fix >= s.away_at and sqrt(((v_lon - s.away_lon) * v_lat_m) ^ 2 + ((v_lat - s.away_lat) * c_metres) ^ 2)
              <= v_top * extract(epoch from v_fix - s.away_at)::float8 + v_accuracy + c_unknown_m + c_slack then s.away_n := s.away_n + 1;
          else s.away_n := 1;
          end if;
          s.away_lon := v_lon; s.away_lat := v_lat; s.away_at := v_fix;
          if s.away_n >= c_agree then s.away_n := 0; s.held_lon := null; else reason := 'teleport'; end if;
        end if;
      end if;
      if reason is null then
        -- ── does it stand? ──
        if s.held_lon is not null and coalesce(r.speed_kmh, 0) < 5 then
          v_held := sqrt(((v_lon - s.held_lon) * v_lat_m) ^ 2 + ((v_lat - s.held_lat) * c_metres) ^ 2) <= greatest(10, 2 * coalesce(r.accuracy_m, 5));
        end if;
        if not v_held then s.held_lon := v_lon; s.held_lat := v_lat; end if;
        -- ── is this the device of the unit that is shown? ──
        if v_lead is null then
          v_rank := case when not r.personal then 3 when v_scope = 'positions' then 2 else 1 end;
          v_lead := r.leader is null or r.leader = v_device or r.leader_gone or r.leader_at is null or v_rank > r.leader_rank
            or p_now - r.leader_at > make_interval(secs => least(180, greatest(30, 3 * coalesce(r.leader_gap, 0))))
            or (v_rank = r.leader_rank and coalesce(r.leader_accuracy, c_unknown_m) > 50 and 3 * v_accuracy < coalesce(r.leader_accuracy, c_unknown_m));
          if v_lead and (r.leader is distinct from v_device or r.leader_rank <> v_rank) then l_unit := l_unit || r.unit_id; l_rank := l_rank || v_rank; end if;
        end if;
        outcome := case when not v_lead then 'standby' when v_held then 'held' else 'taken' end;
        if s.received_at is not null and p_now > s.received_at then
          s.gap_seconds := coalesce(0.8 * s.gap_seconds + 0.2 * least(300, extract(epoch from p_now - s.received_at)), least(300, extract(epoch from p_now - s.received_at)));
        end if;
        s.sent_at := v_sent; s.fix_at := v_fix; s.received_at := p_now; s.lon := v_lon; s.lat := v_lat; s.accuracy_m := r.accuracy_m;
      end if;
    end if;

    if reason is not null then outcome := reason; s.refused_as := reason; s.refused_at := p_now;
    elsif outcome <> 'standby' then
      if v_held then v_lon := s.held_lon; v_lat := s.held_lat; end if;
      -- What stands has no speed: one of noise would be drawn as a drive.
      v_speed := case when v_held and r.speed_kmh is not null then 0 else r.speed_kmh end;
      k_unit := k_unit || r.unit_id; k_fix := k_fix || v_fix; k_sent := k_sent || v_sent; k_lon := k_lon || v_lon; k_lat := k_lat || v_lat;
      k_speed := k_speed || v_speed; k_heading := k_heading || r.heading; k_accuracy := k_accuracy || r.accuracy_m; k_source := k_source || r.source;
      if outcome <> 'late' then v_shown := cardinality(k_unit); end if;
    end if;
    case outcome
      when 'taken' then s.taken := s.taken + 1; when 'held' then s.held := s.held + 1; when 'late' then s.late := s.late + 1; when 'standby' then s.standby := s.standby + 1;
      when 'teleport' then s.teleport := s.teleport + 1; when 'duplicate' then s.duplicate := s.duplicate + 1; when 'inaccurate' then s.inaccurate := s.inaccurate + 1;
      when 'off_duty' then s.off_duty := s.off_duty + 1; when 'future' then s.future := s.future + 1; when 'too_old' then s.too_old := s.too_old + 1;
      when 'zero' then s.zero := s.zero + 1; when 'sign_flipped' then s.sign_flipped := s.sign_flipped + 1; when 'swapped' then s.swapped := s.swapped + 1;
      when 'outside' then s.outside := s.outside + 1;
    end case;
    return next;
  end loop;
  if s.unit_id is null then return; end if;
  v_states := v_states || s;
  if v_shown is not null then v_show := v_show || v_shown; end if;

  insert into position_source as t select x.* from unnest(v_states) x
  on conflict (unit_id, device_id) do update set simulated = excluded.simulated, heard_at = excluded.heard_at, sent_at = excluded.sent_at, fix_at = excluded.fix_at,
    received_at = excluded.received_at, lon = excluded.lon, lat = excluded.lat, accuracy_m = excluded.accuracy_m, held_lon = excluded.held_lon, held_lat = excluded.held_lat,
    gap_seconds = excluded.gap_seconds, away_lon = excluded.away_lon, away_lat = excluded.away_lat, away_at = excluded.away_at, away_n = excluded.away_n,
    clock_seconds = excluded.clock_seconds, clock_sent_at = excluded.clock_sent_at, guess_seconds = excluded.guess_seconds, guess_since = excluded.guess_since,
    guess_heard_at = excluded.guess_heard_at, guess_n = excluded.guess_n, taken = excluded.taken, held = excluded.held, late = excluded.late, standby = excluded.standby,
    future = excluded.future, too_old = excluded.too_old, zero = excluded.zero, sign_flipped = excluded.sign_flipped, swapped = excluded.swapped, outside = excluded.outside,
    inaccurate = excluded.inaccurate, duplicate = excluded.duplicate, teleport = excluded.teleport, off_duty = excluded.off_duty,
    refused_as = excluded.refused_as, refused_at = excluded.refused_at;
  if cardinality(l_unit) > 0 then
    insert into position_leader as t select x.unit_id, v_device, x.rank, p_simulated from unnest(l_unit, l_rank) x(unit_id, rank) order by x.unit_id
    on conflict (unit_id) do update set device_id = excluded.device_id, rank = excluded.rank, simulated = excluded.simulated;
  end if;
  if cardinality(k_unit) > 0 then
    insert into position (unit_id, fix_at, received_at, location, speed_kmh, heading, accuracy_m, source, simulated, device_id, sent_at)
    select x.unit_id, x.fix_at, p_now, st_setsrid(st_makepoint(x.lon, x.lat), 4326), x.speed, x.heading, x.accuracy, x.source, p_simulated, v_device, x.sent_at
    from unnest(k_unit, k_fix, k_sent, k_lon, k_lat, k_speed, k_heading, k_accuracy, k_source) x(unit_id, fix_at, sent_at, lon, lat, speed, heading, accuracy, source);
    insert into unit_position as p (unit_id, fix_at, received_at, location, speed_kmh, heading, accuracy_m, source, simulated)
    select k_unit[i], k_fix[i], p_now, st_setsrid(st_makepoint(k_lon[i], k_lat[i]), 4326), k_speed[i], k_heading[i], k_accuracy[i], k_source[i], p_simulated
    from unnest(v_show) i order by k_unit[i]
    on conflict (unit_id) do update set fix_at = excluded.fix_at, received_at = excluded.received_at, location = excluded.location,
      speed_kmh = excluded.speed_kmh, heading = excluded.heading, accuracy_m = excluded.accuracy_m, source = excluded.source, simulated = excluded.simulated
    where excluded.fix_at > p.fix_at or p.simulated is distinct from excluded.simulated;
  end if;
end $$;
