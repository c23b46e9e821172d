{{/* The Secret with what must not be said in arguments, which every list of processes shows; nothing where there is none. */}}
{{- define "matting.redisSecret" -}}
{{- if not .Values.redis.enabled -}}
{{- with .Values.externalRedis.existingSecret -}}
{name: {{ . | quote }}, key: {{ $.Values.externalRedis.secretKey | quote }}, path: connection}
{{- end -}}
{{- else -}}
{{- with .Values.redis.auth.existingSecret -}}
{name: {{ . | quote }}, key: {{ $.Values.redis.auth.secretKey | quote }}, path: password}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Where Redis is. */}}
{{- define "matting.redisArgs" -}}
{{- if .Values.redis.enabled -}}
- --redis={{ include "redis.name" . }}:6379
{{- with .Values.redis.auth.existingSecret }}
- --redis-password-file=/etc/matting/redis/password
{{- end }}
{{- else if .Values.externalRedis.existingSecret -}}
- --redis-file=/etc/matting/redis/connection
{{- else -}}
- --redis={{ .Values.externalRedis.host }}:{{ .Values.externalRedis.port }}
{{- end -}}
{{- end -}}
