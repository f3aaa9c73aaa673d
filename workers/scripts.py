"""The life of a task in Redis, as scripts that each happen at once or not at all.

`task:{id}` (hash): `work` its JSON, `lane` the list it waits in, `state`, `sent` (ms) when it was put there,
`attempts` how often a worker began it. `lease:{id}`: the token of the execution under way, gone when it is not
renewed. `result:{id}`: all its frames. `ears:{id}` (set): the channels that wait for it. `begun:{lane}`: when the
message was sent that was begun last, so that one sent before it, but neither waiting nor begun, is known to be lost.
`live` (sorted set): workers by the time they are taken for dead.

    sent ──acquire──▶ begun ──finish──▶ done            cancel: sent ──▶ cancelled
     ▲                  │                               forget: any ──▶ gone
     └──────look────────┘  the lease ended, or the message is in no list and was not begun

Messages carry only the id, so whoever has the id can make another one; too many do no harm.
Some keys are put together inside: one Redis, not a cluster of them, which Celery's transport does not know either.
"""

from typing import Final

_NOW = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
"""

_TELL = """
local function tell(ears, notice)
  for _, channel in ipairs(redis.call('SMEMBERS', ears)) do redis.call('PUBLISH', channel, notice) end
end
"""

ASK: Final = (
    _NOW
    + """
-- KEYS task result ears; ARGV channel work lane kept(ms). Returns a result, or 'new', 'known', 'cancelled'.
local result = redis.call('GET', KEYS[2])
if result then return {'done', result} end
local state = redis.call('HGET', KEYS[1], 'state')
if state == 'cancelled' then return {'cancelled'} end
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
if state == 'sent' or state == 'begun' then return {'known'} end
redis.call('HSET', KEYS[1], 'work', ARGV[2], 'lane', ARGV[3], 'state', 'sent', 'sent', now)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {'new'}
"""
)

LOOK: Final = (
    _NOW
    + """
-- KEYS task result lease ears, for each task; ARGV prefix channel lease(ms) kept(ms), then the first lane of each.
-- Returns for each 'done', 'cancelled', 'unknown', 'waiting', 'running' or, where a message must be sent, 'lost'.
local function look(task, result, lease, ears, first)
  if redis.call('EXISTS', result) == 1 then return 'done' end
  local state, lane, sent = unpack(redis.call('HMGET', task, 'state', 'lane', 'sent'))
  if state == 'cancelled' or state == 'gone' then return 'cancelled' end
  if not state or state == 'done' then return 'unknown' end
  redis.call('PEXPIRE', task, ARGV[4])
  redis.call('SADD', ears, ARGV[2])
  redis.call('PEXPIRE', ears, ARGV[4])
  if redis.call('EXISTS', lease) == 1 then return 'running' end
  if state == 'sent' then
    if now - sent < tonumber(ARGV[3]) then return 'waiting' end
    local begun = tonumber(redis.call('GET', ARGV[1] .. 'begun:' .. lane) or '0')
    if begun <= tonumber(sent) and redis.call('LLEN', ARGV[1] .. lane) > 0 then return 'waiting' end
  end
  redis.call('HSET', task, 'state', 'sent', 'sent', now, 'lane', first)
  return 'lost'
end
local seen = {}
for n = 1, #KEYS / 4 do
  seen[n] = look(KEYS[4 * n - 3], KEYS[4 * n - 2], KEYS[4 * n - 1], KEYS[4 * n], ARGV[4 + n])
end
return seen
"""
)

CANCEL: Final = (
    _TELL
    + """
-- KEYS task result lease ears; ARGV notice.
if redis.call('EXISTS', KEYS[2]) == 1 or redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'sent' and state ~= 'begun' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'cancelled')
redis.call('HDEL', KEYS[1], 'work')
tell(KEYS[4], ARGV[1])
redis.call('DEL', KEYS[4])
return 1
"""
)

FORGET: Final = (
    _TELL
    + """
-- KEYS task result ears, for each task; ARGV a notice for each. What is under way keeps a mark, so that its result is
-- not kept either.
for n = 1, #KEYS / 3 do
  local task, result, ears = KEYS[3 * n - 2], KEYS[3 * n - 1], KEYS[3 * n]
  local state = redis.call('HGET', task, 'state')
  if state == 'sent' or state == 'begun' then
    redis.call('HDEL', task, 'work')
    redis.call('HSET', task, 'state', 'gone')
    tell(ears, ARGV[n])
    redis.call('DEL', result, ears)
  else
    redis.call('DEL', task, result, ears)
  end
end
"""
)

ACQUIRE: Final = """
-- KEYS task result lease; ARGV token lease(ms) prefix. Returns nothing, or {work, attempt}.
if redis.call('EXISTS', KEYS[2]) == 1 then return false end
local state, work, lane, sent = unpack(redis.call('HMGET', KEYS[1], 'state', 'work', 'lane', 'sent'))
if not work then return false end
if redis.call('GET', KEYS[3]) == ARGV[1] then return {work, redis.call('HGET', KEYS[1], 'attempts')} end
if not redis.call('SET', KEYS[3], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
redis.call('HSET', KEYS[1], 'state', 'begun')
local begun = ARGV[3] .. 'begun:' .. lane
if tonumber(sent) > tonumber(redis.call('GET', begun) or '0') then redis.call('SET', begun, sent) end
return {work, tostring(redis.call('HINCRBY', KEYS[1], 'attempts', 1))}
"""

RENEW: Final = """
-- KEYS lease result, for each token; ARGV lease(ms) token... Returns 1 for each lease still held, else 0.
-- A lease that nobody holds, since Redis lost its memory, is taken again.
local held = {}
for n = 1, #KEYS / 2 do
  local lease, token = KEYS[2 * n - 1], ARGV[n + 1]
  local holder = redis.call('GET', lease)
  if holder == token or (not holder and redis.call('EXISTS', KEYS[2 * n]) == 0) then
    redis.call('SET', lease, token, 'PX', ARGV[1])
    held[n] = 1
  else
    held[n] = 0
  end
end
return held
"""

SAY: Final = (
    _TELL
    + """
-- KEYS ears; ARGV notice.
tell(KEYS[1], ARGV[1])
"""
)

FINISH: Final = (
    _TELL
    + """
-- KEYS task result lease ears; ARGV token result kept(ms) notice. Returns 1 where this is the result, 0 where one was
-- there before.
if redis.call('GET', KEYS[3]) == ARGV[1] then redis.call('DEL', KEYS[3]) end
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
if redis.call('HGET', KEYS[1], 'state') == 'gone' then
  redis.call('DEL', KEYS[1])
  return 1
end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.call('HDEL', KEYS[1], 'work')
redis.call('HSET', KEYS[1], 'state', 'done')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
tell(KEYS[4], ARGV[4])
redis.call('DEL', KEYS[4])
return 1
"""
)

ANNOUNCE: Final = (
    _NOW
    + """
-- KEYS live; ARGV worker lease(ms), 0 for one that leaves.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if tonumber(ARGV[2]) > 0 then
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
else
  redis.call('ZREM', KEYS[1], ARGV[1])
end
"""
)

COUNT: Final = (
    _NOW
    + """
-- KEYS live list...; Returns the live workers and the length of each list.
local lengths = {}
for n = 2, #KEYS do lengths[n - 1] = redis.call('LLEN', KEYS[n]) end
return {redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf'), lengths}
"""
)
